namespace Polytask.FSharp
