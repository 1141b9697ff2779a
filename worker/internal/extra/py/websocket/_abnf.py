"""Frames (RFC 6455, section 5)."""
import os
import struct

import _extra_websocket as _go
from websocket._exceptions import WebSocketPayloadException, WebSocketProtocolException

(STATUS_NORMAL, STATUS_GOING_AWAY, STATUS_PROTOCOL_ERROR, STATUS_UNSUPPORTED_DATA_TYPE, STATUS_STATUS_NOT_AVAILABLE,
 STATUS_ABNORMAL_CLOSED, STATUS_INVALID_PAYLOAD, STATUS_POLICY_VIOLATION, STATUS_MESSAGE_TOO_BIG, STATUS_INVALID_EXTENSION,
 STATUS_UNEXPECTED_CONDITION, STATUS_SERVICE_RESTART, STATUS_TRY_AGAIN_LATER, STATUS_BAD_GATEWAY,
 STATUS_TLS_HANDSHAKE_ERROR) = 1000, 1001, 1002, 1003, 1005, *range(1006, 1016)

VALID_CLOSE_STATUS = (1000, 1001, 1002, 1003, *range(1007, 1015))


def _utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class ABNF:
    OPCODE_CONT, OPCODE_TEXT, OPCODE_BINARY, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG = OPCODES = 0, 1, 2, 8, 9, 10
    OPCODE_MAP = {0: "cont", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"}
    LENGTH_7, LENGTH_16, LENGTH_63 = 126, 1 << 16, 1 << 63

    def __init__(self, fin=0, rsv1=0, rsv2=0, rsv3=0, opcode=OPCODE_TEXT, mask_value=1, data=""):
        self.fin, self.rsv1, self.rsv2, self.rsv3, self.opcode, self.mask_value = fin, rsv1, rsv2, rsv3, opcode, mask_value
        self.data = "" if data is None else data
        self.get_mask_key = os.urandom

    @staticmethod
    def create_frame(data, opcode, fin=1):
        if opcode == ABNF.OPCODE_TEXT and isinstance(data, str):
            data = data.encode("utf-8")
        return ABNF(fin, 0, 0, 0, opcode, 1, data)

    @staticmethod
    def mask(mask_key, data):
        key = mask_key.encode("latin-1") if isinstance(mask_key, str) else bytes(mask_key)
        return _go.mask(key, data.encode("latin-1") if isinstance(data, str) else bytes(data or b""))

    def validate(self, skip_utf8_validation=False):
        if self.rsv1 or self.rsv2 or self.rsv3:
            raise WebSocketProtocolException("rsv is not implemented, yet")
        if self.opcode not in ABNF.OPCODES:
            raise WebSocketProtocolException(f"Invalid opcode {self.opcode!r}")
        if self.opcode == ABNF.OPCODE_PING and not self.fin:
            raise WebSocketProtocolException("Invalid ping frame.")
        if self.opcode == ABNF.OPCODE_CLOSE and self.data:
            self._validate_close(skip_utf8_validation)

    def _validate_close(self, skip_utf8_validation):
        size = len(self.data)
        if size == 1 or size >= 126 or not skip_utf8_validation and not _utf8(self.data[2:]):
            raise WebSocketProtocolException("Invalid close frame.")
        code = int.from_bytes(self.data[:2], "big")
        if code not in VALID_CLOSE_STATUS and not 3000 <= code < 5000:
            raise WebSocketProtocolException(f"Invalid close opcode {code!r}")

    def __str__(self):
        return f"fin={self.fin} opcode={self.opcode} data={self.data if isinstance(self.data, str) else repr(self.data)}"

    def format(self):
        """The frame as it is sent."""
        if any(bit not in (0, 1) for bit in (self.fin, self.rsv1, self.rsv2, self.rsv3)):
            raise ValueError("not 0 or 1")
        if self.opcode not in ABNF.OPCODES:
            raise ValueError("Invalid OPCODE")
        size, masked = len(self.data), self.mask_value << 7
        head = bytes([self.fin << 7 | self.rsv1 << 6 | self.rsv2 << 5 | self.rsv3 << 4 | self.opcode])
        if size < ABNF.LENGTH_7:
            head += bytes([masked | size])
        elif size < ABNF.LENGTH_16:
            head += bytes([masked | 126]) + struct.pack("!H", size)
        else:
            head += bytes([masked | 127]) + struct.pack("!Q", size)
        if not self.mask_value:
            return head + (self.data.encode() if isinstance(self.data, str) else self.data)
        key = self.get_mask_key(4)
        return head + (key.encode() if isinstance(key, str) else key) + ABNF.mask(key, self.data)


class continuous_frame:
    """The frames of one message."""

    def __init__(self, fire_cont_frame, skip_utf8_validation):
        self.fire_cont_frame, self.skip_utf8_validation = fire_cont_frame, skip_utf8_validation
        self.cont_data, self.recving_frames = None, None

    def validate(self, frame):
        if not self.recving_frames and frame.opcode == ABNF.OPCODE_CONT or self.recving_frames and frame.opcode in (ABNF.OPCODE_TEXT, ABNF.OPCODE_BINARY):
            raise WebSocketProtocolException("Illegal frame")

    def add(self, frame):
        if self.cont_data:
            self.cont_data[1] += frame.data
        else:
            if frame.opcode in (ABNF.OPCODE_TEXT, ABNF.OPCODE_BINARY):
                self.recving_frames = frame.opcode
            self.cont_data = [frame.opcode, frame.data]
        if frame.fin:
            self.recving_frames = None

    def is_fire(self, frame):
        return frame.fin or self.fire_cont_frame

    def extract(self, frame):
        (opcode, frame.data), self.cont_data = self.cont_data, None
        if not self.fire_cont_frame and opcode == ABNF.OPCODE_TEXT and not self.skip_utf8_validation and not _utf8(frame.data):
            raise WebSocketPayloadException(f"cannot decode: {frame.data!r}")
        return opcode, frame
