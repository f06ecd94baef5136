"""One output a module: each has `plan(package) -> Iterator[FilePlan]`, and a template folder of its own name."""
