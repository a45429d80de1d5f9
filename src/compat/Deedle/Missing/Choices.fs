namespace Deedle

open System

/// How strictly a value may be converted when a typed column or row is asked for.
type ConversionKind =
  /// The value must already have the requested type.
  | Exact = 0
  /// Only conversions that widen a number (int to int64, float32 to float, ...).
  | Safe = 1
  /// Everything that System.Convert can do, in the invariant culture.
  | Flexible = 2

/// Which keys the result of a join has.
type JoinKind =
  | Outer = 0
  | Inner = 1
  | Left = 2
  | Right = 3

/// How a key that is not in an ordered index is looked up.
[<Flags>]
type Lookup =
  | Exact = 1
  | Greater = 2
  | Smaller = 4
  | ExactOrGreater = 3
  | ExactOrSmaller = 5

/// The direction in which missing values are filled and keys are sampled.
type Direction =
  /// From the nearest greater key.
  | Backward = 0
  /// From the nearest smaller key.
  | Forward = 1

/// What happens at the ends of a series when windows or chunks are not full there.
[<Flags>]
type Boundary =
  /// Incomplete ones come at the beginning.
  | AtBeginning = 1
  /// Incomplete ones come at the end.
  | AtEnding = 2
  /// Incomplete ones are left out.
  | Skip = 4

/// Which value a union takes where both series have one.
type UnionBehavior =
  | PreferLeft = 0
  | PreferRight = 1
  /// Two values for one key are an error.
  | Exclusive = 2

/// Whether the end of a range belongs to it.
type BoundaryBehavior = Inclusive | Exclusive
