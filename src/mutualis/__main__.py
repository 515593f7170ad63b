"""python -m mutualis"""

from mutualis.cli.app import main

if __name__ == "__main__":
    main()
