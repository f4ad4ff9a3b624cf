#if __has_include("solutions/02_mlp/mlp.cpp") ||                                                            \
                  __has_include("../solutions/02_mlp/mlp.cpp") ||                                           \
                                __has_include("02_mlp/mlp.cpp") ||                                          \
                                              __has_include("02_mlp/starter/mlp.cpp") ||                    \
                                                            __has_include("02_mlp/expected.safetensors") || \
                                                                          __has_include("02_mlp/mlp_test.cpp")
#error FOUND a file beside the headers
#endif
#if __has_include("/etc/passwd") ||                                                                            \
                  __has_include("/submission/givens") ||                                                       \
                                __has_include("grader/judge.cpp") ||                                           \
                                              __has_include("build/check/labs/02_mlp/lib02_mlp.solution.a") || \
                                                            __has_include("grading.json") ||                   \
                                                                          __has_include("../../classmate/mlp.cpp")
#error FOUND a file of the host
#endif
