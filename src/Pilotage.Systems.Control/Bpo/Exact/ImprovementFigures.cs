namespace Pilotage.Systems.Control.Bpo;

/// <summary>What many exact updates of one process came to.</summary>
/// <param name="IdentityError">Greatest |eta' - eta - epsilon E|Q - mu|| over the updates, relative to the greater of |eta| and |eta'|: theorem 4.2.</param>
/// <param name="SmallestStep">Smallest change of V in any state by any update, relative to the greatest |V|: below 0 somewhere got worse.</param>
/// <param name="OutsideShare">Share of states and updates in which some ratio left the band.</param>
/// <param name="LargestMove">Greatest |rho - 1|.</param>
/// <param name="BoundSlack">Smallest eta(pi) - bound over policies tried around each target, relative to the greatest |V|: corollary 4.5 fails below 0.</param>
/// <param name="Tightness">Mean of eta(pi) - bound over policies on the way to each target, relative to the greatest |V|: how much the bound leaves in doubt.</param>
/// <param name="GapToLinear">Greatest loss against the linear program in one state, in units of lambda 2 epsilon ln 2; above 1 the smooth solution is not the penalised optimum.</param>
/// <param name="EarlyRegret">Share of the way from the first policy to the best one that is left after ten updates.</param>
/// <param name="FinalRegret">The same after all updates.</param>
internal readonly record struct ImprovementFigures(
    double IdentityError, double SmallestStep, double OutsideShare, double LargestMove, double BoundSlack, double Tightness, double GapToLinear, double EarlyRegret, double FinalRegret);
