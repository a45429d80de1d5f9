// What a script needs of Polytask, in one line of it: #load "<this folder>/polytask.fsx"
#r "TorchSharp.dll"
#r "Polytask.dll"
#r "Polytask.FSharp.dll"
