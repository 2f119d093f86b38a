namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The exact queue with Poisson arrivals, exponential service and n servers (M/M/n), for small cases and for checking the simulator's formula.</summary>
/// <remarks>Erlang's C formula, computed from Erlang B's recursion, which neither overflows nor cancels. Pure.</remarks>
internal static class ErlangQueue
{
    /// <summary>Probability that an arriving request waits.</summary>
    /// <param name="servers">n, at least 1.</param>
    /// <param name="erlangs">Offered load a = lambda / mu, at least 0.</param>
    /// <returns>In [0, 1]; 1 where the queue is unstable (a >= n).</returns>
    public static double WaitProbability(int servers, double erlangs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(erlangs);
        if (erlangs >= servers) return 1;
        var blocking = 1.0;                                                              // Erlang B with 0 servers
        for (var k = 1; k <= servers; k++) blocking = erlangs * blocking / (k + erlangs * blocking);
        var utilisation = erlangs / servers;
        return blocking / (1 - utilisation * (1 - blocking));
    }

    /// <summary>Mean time that a request waits before service, in the time unit of the rates.</summary>
    /// <param name="servers">n, at least 1.</param>
    /// <param name="arrivalRate">lambda.</param>
    /// <param name="serviceRate">mu of one server.</param>
    /// <returns>C(n, a) / (n mu - lambda); infinite where the queue is unstable.</returns>
    public static double MeanWait(int servers, double arrivalRate, double serviceRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(serviceRate);
        var spare = servers * serviceRate - arrivalRate;
        return spare <= 0 ? double.PositiveInfinity : WaitProbability(servers, arrivalRate / serviceRate) / spare;
    }

    /// <summary>Mean time from arrival to the end of service.</summary>
    /// <param name="servers">n, at least 1.</param>
    /// <param name="arrivalRate">lambda.</param>
    /// <param name="serviceRate">mu of one server.</param>
    /// <returns>Wait plus 1 / mu.</returns>
    public static double MeanResponse(int servers, double arrivalRate, double serviceRate) => MeanWait(servers, arrivalRate, serviceRate) + 1 / serviceRate;
}
