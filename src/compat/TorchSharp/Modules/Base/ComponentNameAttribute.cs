namespace TorchSharp.Utils;

/// <summary>Gives a module's field the name under which it is registered, in place of the field's own name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    /// <summary>The name in <c>state_dict</c>.</summary>
    public string? Name { get; set; }
}
