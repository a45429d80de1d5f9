using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The base of modules of one input that hold no tensors.</summary>
public abstract class ParameterLessModule<T1, TResult>(string name) : nn.Module<T1, TResult>(name);

/// <summary>The base of modules of two inputs that hold no tensors.</summary>
public abstract class ParameterLessModule<T1, T2, TResult>(string name) : nn.Module<T1, T2, TResult>(name);

/// <summary>The base of modules of three inputs that hold no tensors.</summary>
public abstract class ParameterLessModule<T1, T2, T3, TResult>(string name) : nn.Module<T1, T2, T3, TResult>(name);
