using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A module that only holds others under names.</summary>
internal sealed class Container() : nn.Module("container")
{
    public void Add(string name, nn.Module module) => register_module(name, module);

    public Parameter Add(string name, Parameter parameter)
    {
        register_parameter(name, parameter);
        return parameter;
    }
}
