namespace Polytask;

internal static class Sequences
{
    /// <summary>Throws unless the input is a sequence.</summary>
    public static void Require(Shape input, string what, string place)
    {
        if (input.Rank != 2)
            throw new DeclarationException($"{place}: {what} takes a sequence, length x channels, but gets {input}; "
                + "declare the input as Input(Shape.Of(length, channels)), or make a sequence of it with Block.Tokens or Block.Reshape");
    }
}
