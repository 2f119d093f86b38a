namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>1 / (1 + exp(-z)).</summary>
internal static class Logistic
{
    /// <summary>The value, without overflow for any finite z.</summary>
    public static double Of(double z)
    {
        var small = Math.Exp(-Math.Abs(z));
        return z >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
