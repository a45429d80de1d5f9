module Polytask.FSharp.Tests.MultiTaskTests
