# sqlcipher3 is the standard module compiled against SQLCipher: same names, own classes.
from sqlite3.dbapi2 import *
