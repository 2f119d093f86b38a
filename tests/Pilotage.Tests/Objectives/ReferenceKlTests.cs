using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class ReferenceKlTests
{
    private static readonly double[] Pi = [0.6, 0.3, 0.1], Reference = [0.1, 0.3, 0.6];

    private static float[] LogRatios => [.. Pi.Zip(Reference, (p, q) => (float)Math.Log(p / q))];

    private static double Divergence => Pi.Zip(Reference, (p, q) => p * Math.Log(p / q)).Sum();

    [Fact]
    public void K1AndK3_HaveTheDivergenceAsTheirMean_K2HasNot()
    {
        Assert.Equal(Divergence, Mean(ReferenceKl.K1), 1e-6);
        Assert.Equal(Divergence, Mean(ReferenceKl.K3), 1e-6);
        Assert.Equal(Pi.Zip(Reference, (p, q) => p * Math.Pow(Math.Log(p / q), 2) / 2).Sum(), Mean(ReferenceKl.K2), 1e-6);
        Assert.True(Math.Abs(Mean(ReferenceKl.K2) - Divergence) > 0.01);
    }

    [Fact]
    public void K2AndK3_AreNeverNegative_AndZeroAtZeroAlone()
    {
        float[] logRatios = [-3, -0.5f, 0, 0.5f, 3];
        foreach (var estimate in (Func<Tensor, Tensor>[])[ReferenceKl.K2, ReferenceKl.K3])
        {
            var values = Values(estimate, logRatios);
            Assert.Equal(0, values[2]);
            Assert.All(values.Where((_, i) => i != 2), value => Assert.True(value > 0));
        }
        Assert.Equal([Math.Exp(3) - 4, Math.Exp(-3) + 2], [Values(ReferenceKl.K3, logRatios)[0], Values(ReferenceKl.K3, logRatios)[4]], (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Gradients_AreThoseThatTheRemarksPromise()
    {
        // The mean over pi of the gradient with respect to the logits, samples held fixed.
        Close([0, 0, 0], Gradient(ReferenceKl.K1));
        Close([.. Pi.Zip(Reference, (p, q) => p * (Math.Log(p / q) - Divergence))], Gradient(ReferenceKl.K2));
        Close([.. Pi.Zip(Reference, (p, q) => p - q)], Gradient(ReferenceKl.K3));
    }

    private static void Close(double[] expected, float[] actual) => Assert.Equal(expected, actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);

    private static double Mean(Func<Tensor, Tensor> estimate) => Values(estimate, LogRatios).Select((value, i) => Pi[i] * value).Sum();

    private static float[] Values(Func<Tensor, Tensor> estimate, float[] logRatios)
    {
        using var step = Step.Begin();
        var values = new float[logRatios.Length];
        estimate(Tensor.From(logRatios, logRatios.Length)).CopyTo(values);
        return values;
    }

    private static float[] Gradient(Func<Tensor, Tensor> estimate)
    {
        var inputs = new OracleInputs(1, new Shape(1, 3));
        for (var i = 0; i < 3; i++) inputs.Parameters.All[0].Values[i] = (float)Math.Log(Pi[i]);
        using var step = Step.Begin();
        var logRatio = inputs[0].LogSoftmax() - Tensor.From([.. Reference.Select(q => (float)Math.Log(q))], 1, 3);
        new Sgd(inputs.Parameters, 1e-3).Descend((estimate(logRatio) * Tensor.From([.. Pi.Select(p => (float)p)], 1, 3)).Sum());
        return inputs.Parameters.All[0].Gradient.ToArray();
    }
}
