def heappush(heap, item):
    heap.append(item)
    i = len(heap) - 1
    while i > 0 and heap[i] < heap[(i - 1) // 2]:
        heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]
        i = (i - 1) // 2


def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    top, heap[0], i = heap[0], last, 0
    while True:
        c = 2 * i + 1
        if c >= len(heap):
            return top
        if c + 1 < len(heap) and heap[c + 1] < heap[c]:
            c += 1
        if not heap[c] < heap[i]:
            return top
        heap[c], heap[i] = heap[i], heap[c]
        i = c


def heapify(x):
    x.sort()


def nlargest(n, it, key=None):
    return sorted(it, key=key, reverse=True)[:n]


def nsmallest(n, it, key=None):
    return sorted(it, key=key)[:n]
