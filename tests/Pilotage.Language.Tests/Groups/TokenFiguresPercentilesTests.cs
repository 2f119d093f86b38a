using Pilotage.Language.Groups;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Groups;

public sealed class TokenFiguresPercentilesTests
{
    [Fact]
    public void Take_PercentilesOverAllTokensSinceTheLastCall()
    {
        var figures = new TokenFigures();
        using var step = Step.Begin(gradient: Gradient.None);
        float[] first = [.. Enumerable.Range(0, 60).Select(i => MathF.Log(0.5f + i / 100f))], second = [.. Enumerable.Range(60, 40).Select(i => MathF.Log(0.5f + i / 100f))];
        foreach (var logRatios in (float[][])[second, first]) figures.Add(Tensor.From(logRatios, logRatios.Length), Tensor.Filled(0), 0.2, 0.2);

        var named = figures.Take().ToDictionary();

        Assert.Equal(0.50, named["ratio_p01"], 1e-5);     // the 1st, 50th and 99th of 0.50, 0.51, ..., 1.49
        Assert.Equal(0.99, named["ratio_p50"], 1e-5);
        Assert.Equal(1.48, named["ratio_p99"], 1e-5);
        Assert.Equal(0.995, named["ratio_mean"], 1e-5);
        Assert.Equal(0.59, named["clip_fraction"], 0.0101);
        Assert.Empty(figures.Take());
    }
}
