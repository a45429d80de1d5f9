namespace Polytask;

/// <summary>A vector in space: x to the right, y down, z away from the camera.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector operator *(double scale, Vector a) => new(scale * a.X, scale * a.Y, scale * a.Z);

    public double Dot(Vector other) => X * other.X + Y * other.Y + Z * other.Z;

    public Vector Unit() => 1 / Math.Sqrt(Dot(this)) * this;

    /// <summary>Turned about the vertical axis.</summary>
    public Vector Turned(double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return new(cosine * X + sine * Z, Y, cosine * Z - sine * X);
    }
}
