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

        /// <summary>log(1 + x) of every element, accurate near 0.</summary><returns>log(1 + x); negative infinity at -1, NaN below.</returns>
        public Tensor Log1p() => tensor.Unary(UnaryOperation.Log1p);

        /// <summary>exp(x) - 1 of every element, accurate near 0.</summary><returns>exp(x) - 1.</returns>
        public Tensor Expm1() => tensor.Unary(UnaryOperation.Expm1);

        /// <summary>The error function of every element. Of the normal distribution: P(z below x) = (1 + erf(x / sqrt(2))) / 2.</summary><returns>erf(x).</returns>
        public Tensor Erf() => tensor.Unary(UnaryOperation.Erf);

        /// <summary>The natural logarithm of the gamma function of every element, for positive numbers. Its derivative is <c>Digamma</c>.</summary><returns>log(gamma(x)); infinity at 0, NaN below.</returns>
        public Tensor LogGamma() => tensor.Unary(UnaryOperation.LogGamma);

        /// <summary>The derivative of the logarithm of the gamma function of every element, for positive numbers.</summary><returns>digamma(x); negative infinity at 0, NaN below.</returns>
        public Tensor Digamma() => tensor.Unary(UnaryOperation.Digamma);

        /// <summary>A power of every element, for numbers that are not negative.</summary>
        /// <param name="exponent">Any finite number.</param>
        /// <returns>x^exponent; NaN below 0, infinity at 0 under a negative exponent, 1 under the exponent 0.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The exponent is not finite.</exception>
        public Tensor Power(float exponent) => float.IsFinite(exponent) ? tensor.Unary(UnaryOperation.Power, exponent)
            : throw new ArgumentOutOfRangeException(nameof(exponent), $"Power: the exponent is {exponent}; it must be finite.");

        /// <summary>The logarithm of the logistic function of every element, computed without overflow: log-probabilities of yes-or-no decisions.</summary><returns>-log(1 + exp(-x)).</returns>
        public Tensor LogSigmoid() => tensor.Unary(UnaryOperation.LogSigmoid);

        /// <summary>Every element, its negative part scaled; the derivative at 0 is the slope.</summary>
        /// <param name="slope">Factor below 0.</param>
        /// <returns>x above 0, slope times x elsewhere.</returns>
        public Tensor LeakyRelu(float slope = 0.01f) => tensor.Unary(UnaryOperation.LeakyRelu, slope);

        /// <summary>The exponential linear unit of every element.</summary>
        /// <param name="scale">Of the negative part, whose lower end is -scale.</param>
        /// <returns>x above 0, scale (exp(x) - 1) elsewhere.</returns>
        public Tensor Elu(float scale = 1) => tensor.Unary(UnaryOperation.Elu, scale);

        /// <summary>The scaled exponential linear unit of every element (arXiv:1706.02515).</summary>
        /// <returns>1.0507 x above 0, 1.7581 (exp(x) - 1) elsewhere.</returns>
        public Tensor Selu() => tensor.Unary(UnaryOperation.Selu);

        /// <summary>The Huber function of every element: half the square near 0, straight lines outside. A loss of differences that far ones do not rule.</summary>
        /// <param name="radius">Where the lines begin (delta), above 0.</param>
        /// <returns>x^2 / 2 up to the radius, radius (|x| - radius / 2) beyond.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The radius is not above 0.</exception>
        public Tensor Huber(float radius = 1) => radius > 0 ? tensor.Unary(UnaryOperation.Huber, radius)
            : throw new ArgumentOutOfRangeException(nameof(radius), $"Huber: the radius is {radius}; it must be above 0.");

        /// <summary>The sign of every element. The derivative is 0.</summary><returns>-1, 0 or 1; NaN stays NaN.</returns>
        public Tensor Sign() => tensor.Unary(UnaryOperation.Sign);

        /// <summary>Limits every element; the derivative is 1 inside and on the borders, 0 outside.</summary>
        /// <param name="low">Lower limit.</param><param name="high">Upper limit, not below the lower.</param>
        /// <returns>min(max(x, low), high).</returns>
        /// <exception cref="ArgumentException">The limits are reversed or NaN.</exception>
        public Tensor Clamp(float low, float high)
        {
            if (!(low <= high)) throw new ArgumentException($"Clamp: the limits are {low} and {high}; the lower must not exceed the upper.");
            return tensor.Unary(UnaryOperation.Clamp, low, high);
        }
    }
}
