using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pilotage.Hosting;
using Pilotage.Policies;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts learned policies into a service's container.</summary>
public static class PilotageServices
{
    /// <summary>Adds the policy of a folder as <see cref="IPolicy"/> and <see cref="ServedPolicy"/>, one for all; a newer policy there takes over by itself.</summary>
    /// <param name="services">The container.</param>
    /// <param name="path">A policy's folder, a run's folder, or a folder of runs: then the policy that was written last.</param>
    /// <param name="options">How often to look, and what to expect; <see langword="null"/> for the defaults.</param>
    /// <returns>The container.</returns>
    /// <exception cref="Pilotage.UserMistakeException">There is no policy, found out here and not at the first request. Whether it can be used shows when it is first asked for.</exception>
    public static IServiceCollection AddPilotagePolicy(this IServiceCollection services, string path, ServedPolicyOptions? options = null)
    {
        Require(path);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Make(provider, path, options));
        return services.AddSingleton<IPolicy>(static provider => provider.GetRequiredService<ServedPolicy>());
    }

    /// <summary>Adds one of several policies, to be asked for by its key: <c>[FromKeyedServices("ordering")] ServedPolicy policy</c>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="key">Names the policy.</param>
    /// <param name="path">As in <see cref="AddPilotagePolicy"/>.</param>
    /// <param name="options">As in <see cref="AddPilotagePolicy"/>.</param>
    /// <returns>The container.</returns>
    /// <exception cref="Pilotage.UserMistakeException">As in <see cref="AddPilotagePolicy"/>.</exception>
    public static IServiceCollection AddKeyedPilotagePolicy(this IServiceCollection services, object key, string path, ServedPolicyOptions? options = null)
    {
        Require(path);
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(key, (provider, _) => Make(provider, path, options));
        return services.AddKeyedSingleton<IPolicy>(key, static (provider, own) => provider.GetRequiredKeyedService<ServedPolicy>(own));
    }

    private static void Require(string path)
    {
        if (PolicyStamp.Newest(path) is null) throw ServedPolicy.NoPolicy(path);
    }

    private static ServedPolicy Make(IServiceProvider provider, string path, ServedPolicyOptions? options) =>
        new(path, options ?? new(), provider.GetService<ILogger<ServedPolicy>>() ?? NullLogger<ServedPolicy>.Instance, provider.GetRequiredService<TimeProvider>());
}
