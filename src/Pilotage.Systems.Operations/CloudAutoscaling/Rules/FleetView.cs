namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>An observation in the units that rules think in: machines and requests per step. A view.</summary>
internal readonly ref struct FleetView(ReadOnlySpan<float> observation, ObservationLayout layout, ServiceModel model)
{
    private readonly ReadOnlySpan<float> _observation = observation;

    /// <summary>Serving machines (n).</summary>
    public int Serving => (int)MathF.Round(_observation[layout.Serving] * model.Settings.MaximumVms);

    /// <summary>Booting machines, over all remaining steps; 0 where the layout does not show them.</summary>
    public int Booting
    {
        get
        {
            var sum = 0f;
            foreach (var share in _observation.Slice(layout.Booting, layout.BootingCount)) sum += share;
            return (int)MathF.Round(sum * model.Settings.MaximumVms);
        }
    }

    /// <summary>Serving and booting machines.</summary>
    public int Total => Serving + Booting;

    /// <summary>Utilisation of the last step (u).</summary>
    public double Utilisation => _observation[layout.Utilisation];

    /// <summary>Load of a past step in requests.</summary>
    /// <param name="lag">1 for the last step, up to 5.</param>
    public double Load(int lag = 1) => _observation[layout.Load + lag - 1] * (double)model.Settings.MaximumVms * model.VmRequests;

    /// <summary>Index of the coming step in the workload.</summary>
    public int Row => (int)_observation[layout.Row];

    /// <summary>Machines that a load fills up to a utilisation, within the bounds: ceil(load / (mu u*)).</summary>
    /// <param name="load">Requests per step.</param>
    /// <param name="utilisation">u*, in (0, 1].</param>
    public int MachinesFor(double load, double utilisation)
    {
        const double Rounding = 1e-4;                    // of a machine: loads pass through single precision, and 4.0000002 machines are 4
        return Math.Clamp((int)Math.Ceiling(load / (model.VmRequests * utilisation) - Rounding), model.Settings.MinimumVms, model.Settings.MaximumVms);
    }
}
