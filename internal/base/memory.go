package base

import "unsafe"

// What grows with the records of a run lies outside Go's heap: it is had a block
// at a time, is given back the moment it is no longer needed, and the collector
// neither looks at it nor adds to it in proportion. It holds no pointers, and
// nothing of it may be used after it was given back.

// many is room for n values, all zero.
func many[T any](n int) []T {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(take(n*size[T]())))), n)
}

// drop gives back what many gave, also where it was cut short since.
func drop[T any](list []T) {
	if cap(list) > 0 {
		give(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), cap(list)*size[T]()))
	}
}

func size[T any]() int {
	var v T
	return int(unsafe.Sizeof(v))
}
