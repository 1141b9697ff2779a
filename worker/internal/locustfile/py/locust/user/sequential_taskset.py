from locust._worker import SequentialTaskSet
