from signal import getsignal, signal
