"""urllib3's connections, as messages show them."""
from urllib3.connectionpool import HTTPConnection, HTTPSConnection
