using System.Reflection;

namespace Polytask;

/// <summary>The fields of a declaration that decide something, in an order that does not depend on the build.</summary>
internal static class DeclaredFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Name and field, those of base types included; an automatic property's field has the property's name.</summary>
    public static IEnumerable<(string Name, FieldInfo Field)> Of(Type type)
    {
        var fields = new List<(string, FieldInfo)>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            fields.AddRange(level.GetFields(Own)
                // An automatic property's field is named <Property>k__BackingField.
                .Select(field => (Name: field.Name.Split('>')[0].TrimStart('<'), Field: field))
                .Where(field => !field.Field.IsDefined(typeof(DecidesNothingAttribute))
                    && level.GetProperty(field.Name, Own)?.IsDefined(typeof(DecidesNothingAttribute)) != true));
        }
        return fields.OrderBy(field => field.Item1, StringComparer.Ordinal);
    }
}
