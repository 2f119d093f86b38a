using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>Scalar functions and their derivatives in double, as the textbook writes them.</summary>
internal static class ReferenceFunctions
{
    // Hendrycks and Gimpel, arXiv:1606.08415: the tanh form of the Gaussian error linear unit.
    private const double GeluCubic = 0.044715;

    // Klambauer et al., arXiv:1706.02515, eq. 14: lambda and alpha.
    private const double SeluSlope = 1.0507009873554805;
    private const double SeluDepth = 1.6732632423543772;
    private const double EluScale = 1;                   // of the fused activation
    private static readonly double GeluScale = Math.Sqrt(2 / Math.PI);

    public static double Value(UnaryOperation operation, double x, double first, double second) => operation switch
    {
        UnaryOperation.Negate => -x,
        UnaryOperation.Exp => Math.Exp(x),
        UnaryOperation.Log => Math.Log(x),
        UnaryOperation.Sqrt => Math.Sqrt(x),
        UnaryOperation.Square => x * x,
        UnaryOperation.Abs => Math.Abs(x),
        UnaryOperation.Reciprocal => 1 / x,
        UnaryOperation.Tanh => Math.Tanh(x),
        UnaryOperation.Relu => x > 0 ? x : 0,
        UnaryOperation.Sigmoid => Sigmoid(x),
        UnaryOperation.Silu => x * Sigmoid(x),
        UnaryOperation.Gelu => x * (1 + Math.Tanh(GeluInner(x))) / 2,
        UnaryOperation.Softplus => Math.Max(x, 0) + ReferenceGamma.Log1p(Math.Exp(-Math.Abs(x))),
        UnaryOperation.Sin => Math.Sin(x),
        UnaryOperation.Cos => Math.Cos(x),
        UnaryOperation.Scale => x * first,
        UnaryOperation.Offset => x + first,
        UnaryOperation.Clamp => Math.Min(Math.Max(x, first), second),
        UnaryOperation.Log1p => ReferenceGamma.Log1p(x),
        UnaryOperation.Expm1 => ReferenceGamma.Expm1(x),
        UnaryOperation.Erf => ReferenceGamma.Erf(x),
        UnaryOperation.LogGamma => ReferenceGamma.LogGamma(x),
        UnaryOperation.Digamma => ReferenceGamma.Digamma(x),
        UnaryOperation.LogSigmoid => Math.Min(x, 0) - ReferenceGamma.Log1p(Math.Exp(-Math.Abs(x))),
        UnaryOperation.Power => Math.Pow(x, first),
        UnaryOperation.LeakyRelu => x > 0 ? x : first * x,
        UnaryOperation.Elu => x > 0 ? x : first * ReferenceGamma.Expm1(x),
        UnaryOperation.Selu => SeluSlope * (x > 0 ? x : SeluDepth * ReferenceGamma.Expm1(x)),
        UnaryOperation.Huber => Math.Abs(x) <= first ? x * x / 2 : first * (Math.Abs(x) - first / 2),
        UnaryOperation.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such function."),
    };

    public static double Derivative(UnaryOperation operation, double x, double first, double second) => operation switch
    {
        UnaryOperation.Negate => -1,
        UnaryOperation.Exp => Math.Exp(x),
        UnaryOperation.Log => 1 / x,
        UnaryOperation.Sqrt => 0.5 / Math.Sqrt(x),
        UnaryOperation.Square => 2 * x,
        UnaryOperation.Abs => x > 0 ? 1 : x < 0 ? -1 : 0,
        UnaryOperation.Reciprocal => -1 / (x * x),
        UnaryOperation.Tanh => 1 - Math.Tanh(x) * Math.Tanh(x),
        UnaryOperation.Relu => x > 0 ? 1 : 0,
        UnaryOperation.Sigmoid => Sigmoid(x) * Sigmoid(-x),
        UnaryOperation.Silu => Sigmoid(x) + x * Sigmoid(x) * Sigmoid(-x),
        UnaryOperation.Gelu => (1 + Math.Tanh(GeluInner(x))) / 2
            + x / 2 * (1 - Math.Tanh(GeluInner(x)) * Math.Tanh(GeluInner(x))) * GeluScale * (1 + 3 * GeluCubic * x * x),
        UnaryOperation.Softplus => Sigmoid(x),
        UnaryOperation.Sin => Math.Cos(x),
        UnaryOperation.Cos => -Math.Sin(x),
        UnaryOperation.Scale => first,
        UnaryOperation.Offset => 1,
        UnaryOperation.Clamp => x >= first && x <= second ? 1 : 0,
        UnaryOperation.Log1p => 1 / (1 + x),
        UnaryOperation.Expm1 => Math.Exp(x),
        UnaryOperation.Erf => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x),
        UnaryOperation.LogGamma => ReferenceGamma.Digamma(x),
        UnaryOperation.Digamma => ReferenceGamma.Trigamma(x),
        UnaryOperation.LogSigmoid => Sigmoid(-x),
        UnaryOperation.Power => first == 0 ? 0 : first * Math.Pow(x, first - 1),
        UnaryOperation.LeakyRelu => x > 0 ? 1 : first,
        UnaryOperation.Elu => x > 0 ? 1 : first * Math.Exp(x),
        UnaryOperation.Selu => SeluSlope * (x > 0 ? 1 : SeluDepth * Math.Exp(x)),
        UnaryOperation.Huber => Math.Clamp(x, -first, first),
        UnaryOperation.Sign => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such function."),
    };

    public static double Value(BinaryOperation operation, double left, double right) => operation switch
    {
        BinaryOperation.Add => left + right,
        BinaryOperation.Subtract => left - right,
        BinaryOperation.Multiply => left * right,
        BinaryOperation.Divide => left / right,
        BinaryOperation.Minimum => Math.Min(left, right),
        BinaryOperation.Maximum => Math.Max(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such function."),
    };

    public static (double Left, double Right) Derivatives(BinaryOperation operation, double left, double right) => operation switch
    {
        BinaryOperation.Add => (1, 1),
        BinaryOperation.Subtract => (1, -1),
        BinaryOperation.Multiply => (right, left),
        BinaryOperation.Divide => (1 / right, -left / (right * right)),
        BinaryOperation.Minimum => left == right ? (0.5, 0.5) : left < right ? (1, 0) : (0, 1),
        BinaryOperation.Maximum => left == right ? (0.5, 0.5) : left > right ? (1, 0) : (0, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such function."),
    };

    public static bool Holds(Comparison comparison, double left, double right) => comparison switch
    {
        Comparison.Greater => left > right,
        Comparison.Less => left < right,
        Comparison.Equal => left == right,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "No such comparison."),
    };

    public static double Value(Activation activation, double x) =>
        activation == Activation.None ? x : Value(Operation(activation), x, EluScale, 0);

    public static double Derivative(Activation activation, double x) =>
        activation == Activation.None ? 1 : Derivative(Operation(activation), x, EluScale, 0);

    private static UnaryOperation Operation(Activation activation) => activation switch
    {
        Activation.Tanh => UnaryOperation.Tanh,
        Activation.Relu => UnaryOperation.Relu,
        Activation.Sigmoid => UnaryOperation.Sigmoid,
        Activation.Silu => UnaryOperation.Silu,
        Activation.Gelu => UnaryOperation.Gelu,
        Activation.Selu => UnaryOperation.Selu,
        Activation.Elu => UnaryOperation.Elu,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No such activation."),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double GeluInner(double x) => GeluScale * (x + GeluCubic * x * x * x);
}
