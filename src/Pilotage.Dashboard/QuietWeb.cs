using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pilotage.Dashboard;

/// <summary>A web server that does what its options say and nothing of its surroundings: the beginning of the dashboard and of the service.</summary>
internal static class QuietWeb
{
    /// <summary>Makes a slim builder without the process's arguments, settings files, environment and signals.</summary>
    /// <param name="logging">Adds where messages go; without it there are none.</param>
    /// <param name="farewell">How long running requests may take once the server stops.</param>
    public static WebApplicationBuilder CreateBuilder(Action<ILoggingBuilder>? logging, TimeSpan farewell)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Pilotage", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);            // a start that fails is told by the caller, once
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = farewell);
        return builder;
    }

    /// <summary>Leaves signals to whoever started the server.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
