using Pilotage.Numerics;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>A softmax policy over a few actions of which some are correct, moved along its expected update: what a method does where nothing is left to chance.</summary>
internal sealed class SoftmaxBandit
{
    /// <summary>Actions, the correct ones first; how many answers a group has.</summary>
    public const int Actions = 20, Correct = 5, Group = 8;

    private const double CreditDivisor = 2;
    private readonly double[] _logits, _pi = new double[Actions], _virtual = new double[Actions], _credit = new double[Actions];

    /// <param name="logits">Where it begins, [actions].</param>
    public SoftmaxBandit(ReadOnlySpan<double> logits)
    {
        _logits = logits.ToArray();
        Look();
    }

    /// <summary>H of the policy in nats.</summary>
    public double Entropy { get; private set; }

    /// <summary>p: how probable a correct action is.</summary>
    public double CorrectShare { get; private set; }

    /// <summary>Probabilities, [actions].</summary>
    public ReadOnlySpan<double> Probabilities => _pi;

    /// <summary>Draws the logits of a start.</summary>
    /// <param name="start">Which.</param>
    /// <param name="random">The stream to draw from.</param>
    public static double[] Draw(BanditStart start, ref Randomness random)
    {
        var logits = new double[Actions];
        foreach (ref var logit in logits.AsSpan()) logit = random.NextNormal();
        switch (start)
        {
            case BanditStart.Below: logits.AsSpan(Correct).Fill(-4); break;
            default: foreach (ref var logit in logits.AsSpan()) logit *= 0.1; break;
        }
        if (start != BanditStart.Above) logits[0] = 6;
        return logits;
    }

    /// <summary>One expected update: logits move by rate (g(a) - pi(a) sum g), with g = pi A' the mean credit that an action collects.</summary>
    /// <param name="rule">The method.</param>
    /// <param name="rate">Step size.</param>
    public void Update(BanditRule rule, double rate)
    {
        var (right, wrong) = Credits(rule);
        for (var a = 0; a < Actions; a++) _credit[a] = _pi[a] * (a < Correct ? right : wrong);
        if (rule.Thermostat is { } thermostat)
        {
            var reading = thermostat.Read(Entropy, CorrectShare);
            Simplex.Softmax(_logits, rule.UsesRatio ? reading.Temperature : 1, _virtual);            // pi rho = pi^T
            foreach (ref var credit in _credit.AsSpan()) credit *= 1 - reading.Weight;
            for (var a = 0; a < Correct; a++) _credit[a] += reading.Weight * _virtual[a];
        }
        if (rule.EntropyWeight > 0)                                                                  // d H / d z(a) = -pi(a) (log pi(a) + H)
            for (var a = 0; a < Actions; a++)
                if (_pi[a] > 0) _credit[a] -= rule.EntropyWeight * _pi[a] * Logarithm.Log(_pi[a]);
        var sum = 0.0;
        foreach (var credit in _credit) sum += credit;
        for (var a = 0; a < Actions; a++) _logits[a] += rate * (_credit[a] - _pi[a] * sum);
        Look();
    }

    private (double Right, double Wrong) Credits(BanditRule rule)
    {
        if (rule.IsPopulation) return ExpectedGroupScores.OfPopulation(CorrectShare);
        if (rule.EntropyCredit == 0) return ExpectedGroupScores.Of(CorrectShare, Group);
        var bonus = rule.EntropyCredit * Entropy;
        return ExpectedGroupScores.Of(CorrectShare, Group, advantage => advantage + Math.Min(bonus, Math.Abs(advantage) / CreditDivisor));
    }

    private void Look()
    {
        Simplex.Softmax(_logits, 1, _pi);
        Entropy = Simplex.Entropy(_pi);
        CorrectShare = 0;
        for (var a = 0; a < Correct; a++) CorrectShare += _pi[a];
        CorrectShare = Math.Min(CorrectShare, 1);
    }
}
