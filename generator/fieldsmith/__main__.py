"""`python -m fieldsmith`: the same program as `fieldsmith`."""

from fieldsmith.cli import main

if __name__ == "__main__":
    main()
