"""websocket-client."""
from websocket._abnf import *
from websocket._app import WebSocketApp, set_reconnect
from websocket._core import WebSocket, create_connection
from websocket._exceptions import *
from websocket._http import DEFAULT_SOCKET_OPTION, getdefaulttimeout, setdefaulttimeout
from websocket._logging import enableTrace, isEnabledForDebug, isEnabledForError, isEnabledForTrace

__version__ = "1.9.2"
