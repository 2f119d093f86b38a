namespace Pilotage.Tensors;

/// <summary>Elementwise functions of one tensor, each with its gradient. They read as members: <c>x.Tanh()</c>.</summary>
/// <remarks>On the managed device within 3 units in the last place of the true value over the whole float32 range, with the same bits on every machine.</remarks>
public static class ElementwiseFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>The natural exponential of every element.</summary><returns>exp(x).</returns>
        public Tensor Exp() => tensor.Unary(UnaryOperation.Exp);

        /// <summary>The natural logarithm of every element.</summary><returns>log(x); NaN below 0, negative infinity at 0.</returns>
        public Tensor Log() => tensor.Unary(UnaryOperation.Log);

        /// <summary>The square root of every element.</summary><returns>sqrt(x); NaN below 0.</returns>
        public Tensor Sqrt() => tensor.Unary(UnaryOperation.Sqrt);

        /// <summary>The square of every element.</summary><returns>x times x.</returns>
        public Tensor Square() => tensor.Unary(UnaryOperation.Square);

        /// <summary>The absolute value of every element; the derivative at 0 is 0.</summary><returns>|x|.</returns>
        public Tensor Abs() => tensor.Unary(UnaryOperation.Abs);

        /// <summary>The hyperbolic tangent of every element.</summary><returns>tanh(x).</returns>
        public Tensor Tanh() => tensor.Unary(UnaryOperation.Tanh);

        /// <summary>The positive part of every element; the derivative at 0 is 0.</summary><returns>max(x, 0).</returns>
        public Tensor Relu() => tensor.Unary(UnaryOperation.Relu);

        /// <summary>The logistic function of every element.</summary><returns>1 / (1 + exp(-x)).</returns>
        public Tensor Sigmoid() => tensor.Unary(UnaryOperation.Sigmoid);

        /// <summary>The sigmoid linear unit of every element.</summary><returns>x / (1 + exp(-x)).</returns>
        public Tensor Silu() => tensor.Unary(UnaryOperation.Silu);

        /// <summary>The Gaussian error linear unit of every element, tanh form.</summary><returns>x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.</returns>
        public Tensor Gelu() => tensor.Unary(UnaryOperation.Gelu);

        /// <summary>log(1 + exp(x)) of every element, computed without overflow.</summary><returns>softplus(x).</returns>
        public Tensor Softplus() => tensor.Unary(UnaryOperation.Softplus);

        /// <summary>The sine of every element.</summary><returns>sin(x).</returns>
        public Tensor Sin() => tensor.Unary(UnaryOperation.Sin);

        /// <summary>The cosine of every element.</summary><returns>cos(x).</returns>
        public Tensor Cos() => tensor.Unary(UnaryOperation.Cos);

        /// <summary>Limits every element; the derivative is 1 inside and on the borders, 0 outside.</summary>
        /// <param name="low">Lower limit.</param><param name="high">Upper limit, not below the lower.</param>
        /// <returns>min(max(x, low), high).</returns>
        /// <exception cref="ArgumentException">The limits are reversed or NaN.</exception>
        public Tensor Clamp(float low, float high)
        {
            if (!(low <= high)) throw new ArgumentException($"The limits are {low} and {high}; the lower must not exceed the upper.");
            return tensor.Unary(UnaryOperation.Clamp, low, high);
        }
    }
}
