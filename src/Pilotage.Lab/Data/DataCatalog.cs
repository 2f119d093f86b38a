namespace Pilotage.Lab.Data;

/// <summary>The public data sets that the systems know. Sources are pinned to one commit, so that a checksum stays true.</summary>
public static class DataCatalog
{
    private const string Nab = "https://raw.githubusercontent.com/numenta/NAB/ea702d75cc2258d9d7dd35ca8e5e2539d71f3140/data/realAWSCloudwatch/";
    private const string WebServices = "https://raw.githubusercontent.com/reconfigurable-ml-pipeline/web-service-datasets/7404ad6643602943511e75ab3095fb1ccc990fd1/dataset/";
    private const string WorldCup = "https://raw.githubusercontent.com/nimamahmoudi/worldcup98-dataset/82460213f0d5a86fa57b6d4b0b5f260e606e713b/";

    /// <summary>All data sets, by name.</summary>
    public static IReadOnlyList<DataSet> All { get; } =
    [
        new("cloud-autoscaling", "request counts of web services over weeks, for scaling machines",
            "NASA-HTTP: Internet Traffic Archive, freely redistributable; Twitter counts: archive.org stream grab; World Cup 98 and NAB: MIT",
            [
                new("nasa_http_1995_per_minute.csv", 743_542, "051343428fe1a86ff3c1f674cc5ff4093b60aa2da3652c3728384e04cb880ee6",
                    new(WebServices + "nasa/workload.tbz2"), "7fa62292d993dde1f278eaa039b50860203a86fbc93a8f92150a548191be4ded", new MinuteSums("minute,requests")),
                new("twitter_2021_08_per_minute.csv", 336_824, "ecf48bdf1f7e1fe5cec3085b75a7af74f8da7a0afbb72ae5690ac7bce859cbd8",
                    new(WebServices + "twitter_trace/workload.tbz2"), "b13052c83c64d169810fe1cfec35cb6b56c96e17c023156a23c9a067e1ac66bd", new MinuteSums("minute,tweets")),
                new("worldcup98_per_minute.csv", 3_157_128, "76bfb897f2841d49b2d2cd20a9a4ea0ba826c7e1c62154d837552eb49c840da0",
                    new(WorldCup + "invocation_count.csv"), "d05038f98af96f6fab054f90445e02a68f37fd00a79c23f45b9b48e5ec91fb8e", new SortedRows("period,requests")),
                Unchanged("nab_ec2_cpu_utilization_825cc2.csv", 113_675, "d768419037c9db269343822957314f57ee21a7d9a4d41df2add0d1ba45ba84de"),
                Unchanged("nab_elb_request_count_8c0756.csv", 101_052, "74c26574a01ca9fb89dddb5021e2e13c3a93eb25dc640438a9acb1ceb00f1021"),
                Unchanged("nab_rds_cpu_utilization_e47b3b.csv", 113_599, "6b712b922ab3b3404c5a629d64a570c390c99471ee8b9b0ff7665f553fda92c1"),
            ]),
    ];

    private static DataFile Unchanged(string name, long bytes, string sha256) => new(name, bytes, sha256, new(Nab + name["nab_".Length..]), sha256, new Unchanged());
}
