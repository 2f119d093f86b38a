using static TorchSharp.torch;
using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>Rotary positions: each pair (i, i + d/2) turned by an angle that grows with the token.</summary>
internal sealed class Rotary : TorchOperator
{
    public override Native Apply(in TorchCall call)
    {
        var x = call.Input(0);
        var (tokens, half) = (call.Shape[1], call.Shape[3] / 2);
        var (cosines, sines) = (new double[tokens * half], new double[tokens * half]);
        for (var i = 0; i < cosines.Length; i++)
        {
            var angle = (call.Settings.First + (double)(i / half)) * Math.Pow(call.Settings.Number, -(double)(i % half) / half);
            (cosines[i], sines[i]) = (Math.Cos(angle), Math.Sin(angle));
        }
        using var cosine = HostCopy.FromDoubles(cosines, new(tokens, 1, half), call.Device);
        using var sine = HostCopy.FromDoubles(sines, new(tokens, 1, half), call.Device);
        using var first = x.narrow(3, 0, half);
        using var second = x.narrow(3, half, half);
        using var firstAcross = first.mul(cosine);
        using var secondAcross = second.mul(sine);
        using var firstUp = first.mul(sine);
        using var secondUp = second.mul(cosine);
        using var across = firstAcross.sub(secondAcross);
        using var up = firstUp.add(secondUp);
        return cat([across, up], 3);
    }
}
