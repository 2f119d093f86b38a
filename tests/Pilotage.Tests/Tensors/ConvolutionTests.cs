using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ConvolutionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1, 1, 1, 0, 1)]
    [InlineData(2, 5, 7, 3, 3, 3, 5, 1, 1, 1)]
    [InlineData(2, 6, 5, 4, 3, 2, 6, 2, 1, 2)]
    [InlineData(1, 7, 9, 2, 5, 3, 17, 2, 2, 1)]
    [InlineData(3, 4, 4, 18, 1, 1, 7, 1, 0, 1)]
    [InlineData(2, 5, 4, 6, 1, 1, 4, 2, 0, 2)]
    [InlineData(2, 6, 6, 16, 3, 3, 32, 1, 0, 1)]
    [InlineData(2, 5, 6, 19, 3, 3, 19, 1, 1, 19)]
    [InlineData(1, 7, 7, 16, 3, 2, 16, 2, 0, 16)]
    [InlineData(1, 5, 5, 3, 3, 3, 6, 1, 1, 3)]
    [InlineData(1, 2, 2, 3, 4, 4, 2, 1, 2, 1)]
    [InlineData(9, 3, 3, 2, 2, 2, 3, 1, 0, 1)]
    [InlineData(1, 18, 17, 1, 3, 3, 2, 1, 1, 1)]
    [InlineData(1, 3, 3, 2, 1, 1, 2, 1, 1, 2)]
    public void Convolve_AnyShape_MatchesTheReference(int images, int height, int width, int inputs, int windowHeight, int windowWidth, int outputs, int stride, int padding, int groups)
    {
        var drawn = new OracleInputs(1, new Shape(images, height, width, inputs), new Shape(windowHeight, windowWidth, inputs / groups, outputs), new Shape(outputs));
        Oracle.Check(() => drawn[0].Convolve(drawn[1], drawn[2], stride, padding, groups), drawn.Parameters, maximumDifferences: 24);
        Oracle.Check(() => drawn[0].Convolve(drawn[1] * 2f, default, stride, padding, groups).Sum() + drawn[0].Sum() + drawn[1].Sum(), drawn.Parameters, maximumDifferences: 24);
    }

    [Fact]
    public void Convolve_RandomShapes_MatchesTheReference() =>
        Gen.Select(Gen.Int[1, 10], Gen.Int[4, 9], Gen.Int[4, 9], Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 6]), Gen.Int[1, 4], Gen.Int[1, 4], Gen.Select(Gen.Int[1, 3], Gen.Int[0, 3]), Gen.ULong).ForCases(40, drawn =>
        {
            var (images, height, width, (groups, inputs, outputs), windowHeight, windowWidth, (stride, padding), key) = drawn;
            var all = new OracleInputs(key, new Shape(images, height, width, groups * inputs), new Shape(windowHeight, windowWidth, inputs, groups * outputs), new Shape(groups * outputs));
            Oracle.Check(() => all[0].Convolve(all[1], all[2], stride, padding, groups), all.Parameters, maximumDifferences: 0);
        });

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Convolve_WorkedExample_SlidesTheWindow(string backend)
    {
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var x = Tensor.From([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 3, 3, 1);
        var weight = Tensor.From([1, 10, 100, 1000], 2, 2, 1, 1);
        Assert.Equal([5421, 6532, 8754, 9865], Backends.Values(x.Convolve(weight)));
        Assert.Equal([1001, 3201, 7041, 9866], Backends.Values(x.Convolve(weight, Tensor.From([1], 1), stride: 2, padding: 1)));
    }

    [Fact]
    public void Convolve_OfOneImage_HasTheBitsOfThatImageInABatch()
    {
        foreach (var groups in new[] { 1, 2, 6 })
        {
            var random = new Randomness(3);
            var (x, weight) = (Numbers(11 * 19 * 18 * 6, ref random), Numbers(3 * 3 * 6 / groups * 6, ref random));
            var (batch, gradients) = Run(x, 11, weight, groups);
            for (var image = 0; image < 11; image++)
            {
                var (one, gradient) = Run(x[(image * 19 * 18 * 6)..((image + 1) * 19 * 18 * 6)], 1, weight, groups);
                Assert.Equal(batch[(image * one.Length)..((image + 1) * one.Length)], one);
                Assert.Equal(gradients[(image * gradient.Length)..((image + 1) * gradient.Length)], gradient);
            }
        }

        static (float[] Values, float[] Gradient) Run(float[] x, int images, float[] weight, int groups)
        {
            var values = Array.Empty<float>();
            var gradient = Backends.GradientOfSum("cpu", x, new Shape(images, 19, 18, 6), image =>
            {
                var y = image.Convolve(Tensor.From(weight, 3, 3, 6 / groups, 6), padding: 1, groups: groups);
                values = Backends.Values(y);
                return y.Square();
            });
            return (values, gradient);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Convolve_InSteadyState_AllocatesNothing(int groups)
    {
        var inputs = new OracleInputs(1, new Shape(3, 9, 8, 8), new Shape(3, 3, 8 / groups, 8), new Shape(8));
        Assert.Equal(0, Allocations.Fewest(Update, repetitions: 20));

        void Update()
        {
            using var step = Step.Begin();
            Backends.Backward(inputs[0].Convolve(inputs[1], inputs[2], padding: 1, groups: groups).Square().Sum(), inputs.Parameters);
        }
    }

    [Fact]
    public void Convolve_NoImages_GivesNothingAndNoGradient()
    {
        var inputs = new OracleInputs(1, new Shape(0, 5, 5, 2), new Shape(3, 3, 2, 4), new Shape(4));
        using var step = Step.Begin();
        var output = inputs[0].Convolve(inputs[1], inputs[2]);
        Assert.Equal(new Shape(0, 3, 3, 4), output.Shape);
        Backends.Backward(output.Sum() + inputs[1].Sum(), inputs.Parameters);
        Assert.All(inputs.Parameters.All[1].Gradient.ToArray(), g => Assert.Equal(1, g));
    }

    [Fact]
    public void Convolve_WhatDoesNotFit_IsNamed()
    {
        using var step = Step.Begin();
        var (x, weight) = (Tensor.Filled(1, 2, 4, 5, 6), Tensor.Filled(1, 3, 3, 3, 8));
        Assert.Equal("Convolve: input [2, 4, 5, 6], weight [3, 3, 3, 8], bias none with 1 groups do not fit; wanted [images, height, width, in], [height, width, in / groups, out], [out].",
            Assert.Throws<ArgumentException>(() => x.Convolve(weight)).Message);
        var bias = Tensor.Filled(1, 3);
        Assert.Equal("Convolve: input [2, 4, 5, 6], weight [3, 3, 3, 8], bias [3] with 2 groups do not fit; wanted [images, height, width, in], [height, width, in / groups, out], [out].",
            Assert.Throws<ArgumentException>(() => x.Convolve(weight, bias, groups: 2)).Message);
        Assert.Equal("Convolve: stride 0, padding -1, groups 0; wanted at least 1, 0, 1.",
            Assert.Throws<ArgumentException>(() => x.Convolve(weight, default, stride: 0, padding: -1, groups: 0)).Message);
        var large = Tensor.Filled(1, 7, 3, 6, 8);
        Assert.Equal("Convolve: the window 7 by 3 is larger than the padded image 6 by 7. (Parameter 'weight')",
            Assert.Throws<ArgumentException>(() => x.Convolve(large, padding: 1)).Message);
    }

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }
}
