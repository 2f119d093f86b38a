namespace Pilotage.Systems.Governance.Ofs;

/// <summary>What is true of every threshold of a grid; learners never see it.</summary>
internal sealed class ThresholdGrid
{
    private readonly OfsConfig _config;
    private readonly (double Accepted, double Good)[] _a, _b;

    /// <param name="applicants">Who applies.</param>
    /// <param name="config">Grid, utilities, constraints, feedback.</param>
    public ThresholdGrid(Applicants applicants, OfsConfig config)
    {
        (Applicants, _config) = (applicants, config);
        Thresholds = [.. Enumerable.Range(0, config.Thresholds).Select(k => (double)k / (config.Thresholds - 1))];
        (_a, _b) = ([.. Thresholds.Select(applicants.A.At)], [.. Thresholds.Select(applicants.B.At)]);
    }

    /// <summary>Residuals may be above 0 by this much and still count as satisfied: rounding, where a gap equals its bound.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Who applies.</summary>
    public Applicants Applicants { get; }

    /// <summary>The thresholds, ascending from 0 to 1.</summary>
    public double[] Thresholds { get; }

    /// <summary>How much larger group A's acceptance rate is, in [-1, 1].</summary>
    public double Gap(int k) => _a[k].Accepted - _b[k].Accepted;

    /// <summary>Acceptance rate over both groups.</summary>
    /// <param name="k">Which threshold.</param>
    /// <param name="share">m: share of A.</param>
    public double Accepted(int k, double share) => share * _a[k].Accepted + (1 - share) * _b[k].Accepted;

    /// <summary>Expected reward per applicant.</summary>
    /// <param name="k">Which threshold.</param>
    /// <param name="share">m: share of A.</param>
    public double Reward(int k, double share)
    {
        double Of((double Accepted, double Good) group) => group.Good * _config.GoodUtility - (group.Accepted - group.Good) * _config.BadUtility;
        return share * Of(_a[k]) + (1 - share) * Of(_b[k]);
    }

    /// <summary>By how much the constraints are missed, added up; 0 where all hold.</summary>
    /// <param name="k">Which threshold.</param>
    /// <param name="share">m: share of A.</param>
    public double Violation(int k, double share)
    {
        var parity = Math.Abs(Gap(k)) - _config.ParityGap;
        var service = _config.MinimumAcceptance - Accepted(k, share);
        return (parity > Tolerance ? parity : 0) + (service > Tolerance ? service : 0);
    }

    /// <summary>Where m goes if a threshold is played for ever.</summary>
    public double SteadyShare(int k) => Math.Clamp(Applicants.ShareOfA + _config.Feedback * Gap(k), _config.LeastShare, _config.GreatestShare);

    /// <summary>The next m.</summary>
    /// <param name="k">Which threshold was played.</param>
    /// <param name="share">m before.</param>
    public double NextShare(int k, double share) => (1 - _config.Adaptation) * share + _config.Adaptation * SteadyShare(k);

    /// <summary>The best fixed threshold in the long run among those that hold the constraints there; if none does, the one that misses least.</summary>
    public int Oracle
    {
        get
        {
            var all = Enumerable.Range(0, Thresholds.Length).ToList();
            var feasible = all.Where(k => Violation(k, SteadyShare(k)) == 0).ToList();
            return feasible.Count > 0 ? feasible.MaxBy(k => Reward(k, SteadyShare(k))) : all.MinBy(k => Violation(k, SteadyShare(k)));
        }
    }

    /// <summary>Whether any threshold holds the constraints in the long run.</summary>
    public bool IsFeasible => Enumerable.Range(0, Thresholds.Length).Any(k => Violation(k, SteadyShare(k)) == 0);

    /// <summary>The threshold nearest to a score.</summary>
    public int Nearest(double score) => (int)Math.Round(Math.Clamp(score, 0, 1) * (Thresholds.Length - 1));
}
