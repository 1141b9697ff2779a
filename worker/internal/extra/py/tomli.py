from tomllib import TOMLDecodeError, load, loads
