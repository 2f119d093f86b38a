namespace Pilotage.Lab.Data;

/// <summary>The public data sets that the systems know. Sources are pinned to one commit, so that a checksum stays true.</summary>
public static class DataCatalog
{
    private const string Nab = "https://raw.githubusercontent.com/numenta/NAB/ea702d75cc2258d9d7dd35ca8e5e2539d71f3140/data/realAWSCloudwatch/";
    private const string WebServices = "https://raw.githubusercontent.com/reconfigurable-ml-pipeline/web-service-datasets/7404ad6643602943511e75ab3095fb1ccc990fd1/dataset/";
    private const string WorldCup = "https://raw.githubusercontent.com/nimamahmoudi/worldcup98-dataset/82460213f0d5a86fa57b6d4b0b5f260e606e713b/";

    private const string Gymnasium = "https://raw.githubusercontent.com/Farama-Foundation/Gymnasium/3f0476a8cc224dcce2167cc4b6971ae0f04d5cfc/gymnasium/envs/mujoco/assets/";

    /// <summary>The models of the MuJoCo tasks.</summary>
    public static DataSet MujocoModels { get; } = new("mjcf", "models of the standard MuJoCo tasks, as Gymnasium has them", "MIT (2016 OpenAI, 2022 Farama Foundation)",
        [
            Model("ant.xml", 4_934, "cd5f83ef0ea35b0969e65d360c5bacd5b74ccaef6b27e4433b5168c605e3e2be"),
            Model("half_cheetah.xml", 5_616, "11797a5d69e8ac955e89ca6fdd3a0087f1c990094fda401ac51420de1b6c5494"),
            Model("hopper.xml", 3_228, "3ce93a055ffdcd83c0c701d2400768e40d2cbb9532f3c4ae33377c27f8b39f9e"),
            Model("humanoid.xml", 8_745, "85816f372c826d2094b4a598918233bd9c5843b2439119eece2733bdc2e0d073"),
            Model("humanoidstandup.xml", 8_733, "9f72a3c4ef956d0d8b1fb555a6ae1a5c22334c5c58cf814ef987ea4d3880e8fc"),
            Model("inverted_double_pendulum.xml", 1_954, "2b4eadf03bd79a8772abd4c1a626b5755747f841801a694ea9528cc49211ba46"),
            Model("inverted_pendulum.xml", 1_353, "80910a9af85cd47072be82d6f92c5e6a115d0eecc3eb464e58542b285c89fb7f"),
            Model("point.xml", 1_815, "d0f71754a08c82fb4421801c56abeab45f7c186aa55f88809909a8ae2ff5c24f"),
            Model("pusher.xml", 5_363, "561fb1a4f254afbbcdaf44b980aeaeb1a77ed67773f5f4d1653ecf2e1457dff5"),
            Model("pusher_v5.xml", 5_553, "3c9a717f6d2cecd555ab9b78694dba71019fa233230c68c8197ebb07d6713879"),
            Model("reacher.xml", 2_323, "3fabc64fc738326485a8231a9a649f784090a0c3d8215f8d2ccd6038b8e60cc4"),
            Model("swimmer.xml", 2_322, "25b0d46bf5522920fea6a579353aee39d391ad9e2a0574b53f83704c11b21b12"),
            Model("walker2d.xml", 4_951, "ac13373c7ac9003a5311c4704b314ed11149b3dd7600bbc02770487300f9ad2d"),
            Model("walker2d_v5.xml", 4_946, "6bed53a6cc3ca73c4fe8ac3486d3b4228927264a6454f4ef16d3eed3c58bc09d"),
        ]);

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
        MujocoModels,
    ];

    private static DataFile Model(string name, long bytes, string sha256) => new(name, bytes, sha256, new(Gymnasium + name), sha256, new Unchanged());

    private static DataFile Unchanged(string name, long bytes, string sha256) => new(name, bytes, sha256, new(Nab + name["nab_".Length..]), sha256, new Unchanged());
}
