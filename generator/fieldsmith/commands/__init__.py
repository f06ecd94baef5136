"""One command a module: each has a function of its own name, `Flags` in and the exit code out."""
