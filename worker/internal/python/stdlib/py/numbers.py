Number = Integral = Real = object
