import pathboot
