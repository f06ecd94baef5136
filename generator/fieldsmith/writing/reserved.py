"""Words that emitted code must not use as names: data only.

Written out rather than asked of the running Python, so that any version emits the same bytes.
"""

from __future__ import annotations

import keyword

# Top-level modules of the standard library of Python 3.11 to 3.14: a module of ours must not shadow one of them when
# somebody puts the emitted folder itself on the import path.
_STANDARD_LIBRARY = """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
    binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
    compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
    dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler
    fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib
    grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json
    keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib
    msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev
    pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty
    pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter
    runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver
    spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
    symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit
    tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
    unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
    zipfile zipimport zlib zoneinfo
"""

# Device names that Windows reserves in every folder, whatever the suffix.
_WINDOWS_DEVICES = (
    "con prn aux nul clock com0 com1 com2 com3 com4 com5 com6 com7 com8 com9"
    " lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9"
)

_KEYWORDS = frozenset(word.lower() for word in keyword.kwlist)

# Names that annotations and defaults of the emitted classes say, and methods that these classes bear.
_USED_IN_CLASSES = """
    bool bytes dict dt field float int list str
    from_dict from_json to_dict to_json
    self cls mro
"""

# What emitted modules import from the standard library by these very names.
_IMPORTED = "Any Decimal Enum ForwardRef IntEnum Literal StrEnum TypeAlias UUID Union"

# What else emitted modules import or define beside their classes.
_USED_IN_MODULES = """
    DecodeError EncodeError Mismatch Model None True False Problem Types UNSET Unset Codec CODECS
"""

# Folders and files of other targets.
_OUTPUTS = {"docs", "jsonschema", "pydantic_models", "msgspec_models", "typeddict_models"}

MODULE_NAMES = frozenset(_STANDARD_LIBRARY.split()) | frozenset(_WINDOWS_DEVICES.split()) | _KEYWORDS | _OUTPUTS
ATTRIBUTE_NAMES = _KEYWORDS | frozenset(_USED_IN_CLASSES.split())
IMPORTED_NAMES = frozenset(_IMPORTED.split())
CLASS_NAMES = IMPORTED_NAMES | frozenset(_USED_IN_MODULES.split())
MEMBER_NAMES = frozenset({"MRO"})
