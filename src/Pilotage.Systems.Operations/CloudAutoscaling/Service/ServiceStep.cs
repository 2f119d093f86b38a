namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What happened in one step of the service.</summary>
/// <param name="Load">Requests that arrived (lambda).</param>
/// <param name="Served">Requests served, from the backlog and the load.</param>
/// <param name="Dropped">Requests beyond the backlog limit.</param>
/// <param name="Utilisation">u in [0, 1].</param>
/// <param name="Response">R in seconds.</param>
/// <param name="IsViolation">Whether R was above the service level.</param>
/// <param name="Cost">Money charged in this step.</param>
/// <param name="Change">Machines added (positive) or removed.</param>
/// <param name="Serving">Machines that served.</param>
/// <param name="Booting">Machines that booted during the step.</param>
/// <param name="Reward">As in the reward equation.</param>
internal readonly record struct ServiceStep(
    double Load, double Served, double Dropped, double Utilisation, double Response, bool IsViolation, double Cost, int Change, int Serving, int Booting, double Reward);
