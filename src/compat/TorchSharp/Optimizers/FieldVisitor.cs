using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What a field of an optimiser's options or state holds, as TorchSharp's files tell it.</summary>
internal enum FieldKind
{
    Integer,
    Number,
    Switch,
    Tensor,
    OptionalTensor,
}

/// <summary>
/// Goes over the fields of an optimiser's options or state and puts what it is given in their place. A class names its fields once, in the order in
/// which TorchSharp's files hold them; copying, writing, reading, moving and freeing are then the same for all of them.
/// </summary>
internal readonly struct FieldVisitor(Func<object?, FieldKind, object?> replace)
{
    public void Integer(ref long field) => field = (long)replace(field, FieldKind.Integer)!;

    public void Number(ref double field) => field = (double)replace(field, FieldKind.Number)!;

    public void Number(ref double? field) => field = (double?)replace(field, FieldKind.Number);

    public void Switch(ref bool? field) => field = (bool?)replace(field, FieldKind.Switch);

    public void Tensor(ref Tensor field) => field = (Tensor)replace(field, FieldKind.Tensor)!;

    public void Optional(ref Tensor? field) => field = (Tensor?)replace(field, FieldKind.OptionalTensor);
}

/// <summary>What can be done with the fields that a visitor goes over.</summary>
internal static class Fields
{
    /// <summary>The fields' values, not copies.</summary>
    public static List<object?> Values(Action<FieldVisitor> visit)
    {
        var values = new List<object?>();
        visit(new((value, _) =>
        {
            values.Add(value);
            return value;
        }));
        return values;
    }

    /// <summary>Gives each field a value of the list, through a function of the field's old value and the new one.</summary>
    public static void Assign(Action<FieldVisitor> visit, List<object?> values, Func<object?, object?, object?> choose)
    {
        var next = 0;
        visit(new((value, _) => choose(value, values[next++])));
    }

    /// <summary>Writes the fields in TorchSharp's format.</summary>
    public static void Write(Action<FieldVisitor> visit, BinaryWriter writer) => visit(new((value, kind) =>
    {
        switch (kind)
        {
            case FieldKind.Integer: writer.Write((long)value!); break;
            case FieldKind.Number: writer.Write((double)value!); break;
            case FieldKind.Switch: writer.Write((bool)value!); break;
            case FieldKind.Tensor: ((Tensor)value!).Save(writer); break;
            case FieldKind.OptionalTensor:
                writer.Write(value is not null);
                (value as Tensor)?.Save(writer);
                break;
        }
        return value;
    }));

    /// <summary>Reads as many values as there are fields, of their kinds, and changes nothing.</summary>
    public static List<object?> Read(Action<FieldVisitor> visit, BinaryReader reader)
    {
        var values = new List<object?>();
        visit(new((value, kind) =>
        {
            // Said to be objects: numbers would turn into tensors, the one type that all of these convert to.
            values.Add(kind switch
            {
                FieldKind.Integer => (object)reader.ReadInt64(),
                FieldKind.Number => (object)reader.ReadDouble(),
                FieldKind.Switch => (object)reader.ReadBoolean(),
                FieldKind.Tensor => (object)torch.Tensor.Read(reader),
                _ => reader.ReadBoolean() ? (object)torch.Tensor.Read(reader) : null,
            });
            return value;
        }));
        return values;
    }
}
