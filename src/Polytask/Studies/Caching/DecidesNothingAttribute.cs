namespace Polytask;

/// <summary>Marks a part of a declaration that no result depends on, such as the name under which it is shown: cached results stay valid.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DecidesNothingAttribute : Attribute;
