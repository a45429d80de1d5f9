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

    /// <summary>The container at a dotted path below this one, made where there is none; this one for "".</summary>
    public Container At(string path)
    {
        var node = this;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var known = node.named_children().FirstOrDefault(child => child.name == name).module;
            if (known is not Container next) node.Add(name, next = new Container());
            node = next;
        }
        return node;
    }
}
