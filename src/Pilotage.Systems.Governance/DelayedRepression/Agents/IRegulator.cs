namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Who sets how strong the response to the alarm is.</summary>
internal interface IRegulator
{
    /// <summary>Chooses the strength u of the next step.</summary>
    /// <param name="seenAlarm">The alarm that has arrived.</param>
    /// <param name="radicals">Share of radicals now.</param>
    /// <returns>At least 0; 1 is the response as designed.</returns>
    double Choose(double seenAlarm, double radicals);

    /// <summary>Tells what came of it.</summary>
    /// <param name="seenAlarm">The alarm that has arrived since.</param>
    /// <param name="radicals">Share of radicals after the step.</param>
    void Learn(double seenAlarm, double radicals);
}
