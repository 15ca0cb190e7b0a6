/*
 * Running an explored program, and reading what it says about itself.
 */
#ifndef HEDDLE_TESTS_EXPLORE_RUN_H
#define HEDDLE_TESTS_EXPLORE_RUN_H

#include "check.h"

#include <errno.h>
#include <unistd.h>

#include "explore_model.h"
#include "lib/process.h"

#define ARGUMENTS(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }

/* What --json says. */
struct explored {
    struct process_result result;
    bool complete;
    long runs, redundant;
    struct model_outcomes outcomes; /* "ENDING|OUTPUT", as the model has them */
};

/* Where the explored programs of tests/explore/programs are: beside the tests. */
static inline void explored_path(const char *name, char *path, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", path, size - 1);

    assert_true(length > 0);
    path[length] = '\0';
    strcpy(strrchr(path, '/') + 1, "explored/");
    assert_true(strlen(path) + strlen(name) < size);
    strcat(path, name);
}

static inline long explored_number(const char *json, const char *key)
{
    const char *found = strstr(json, key);

    assert_non_null(found);
    return strtol(found + strlen(key), NULL, 10);
}

/* A JSON string without escapes but \n, as far as these programs print. */
static inline void explored_string(const char *json, const char *key, char *text, size_t size)
{
    const char *found = strstr(json, key);
    size_t length = 0;

    assert_non_null(found);
    for (found += strlen(key) + 1; *found != '"'; found++) {
        assert_true(length + 1 < size);
        if (*found == '\\')
            found++;
        text[length++] = found[-1] == '\\' && *found == 'n' ? '\n' : *found;
    }
    text[length] = '\0';
}

static inline void explored_outcomes(struct explored *explored)
{
    const char *json = explored->result.out;
    char ending[64], output[4096], text[4200];

    while ((json = strstr(json, "{\"ending\": ")) != NULL) {
        explored_string(json, "{\"ending\": ", ending, sizeof ending);
        explored_string(json, "\"stdout\": ", output, sizeof output);
        if (strcmp(ending, "exit") == 0)
            snprintf(text, sizeof text, "exit %ld|%s", explored_number(json, "\"status\": "),
                     output);
        else
            snprintf(text, sizeof text, "%s|%s", ending, output);
        model_add(&explored->outcomes, text);
        json++;
    }
    model_sort(&explored->outcomes);
}

/* Every schedule was explored, whatever C allows besides. */
static inline bool explored_has_all(const char *json)
{
    return strstr(json, "\"complete\": true") != NULL ||
           (strstr(json, "\"weak\": ") != NULL && strstr(json, "\"stopped\": \"\"") != NULL &&
            strstr(json, "\"bounded\": false") != NULL && strstr(json, "\"unproven\": []") != NULL);
}

/* EXPLORE is `words`; `arguments` begin with the program's name, or its path. False: it was
 * not done in time. */
static inline bool run_in_time(struct process_result *result, const char *words,
                               const char *const *arguments)
{
    const char *argv[16] = {NULL};
    char path[4096], variable[1024];
    int err;

    explored_path(arguments[0], path, sizeof path);
    argv[0] = strchr(arguments[0], '/') != NULL ? arguments[0] : path;
    for (size_t i = 1; arguments[i] != NULL; i++) {
        assert_true(i + 1 < sizeof argv / sizeof *argv);
        argv[i] = arguments[i];
    }
    snprintf(variable, sizeof variable, "EXPLORE=%s", words);
    err = process_run(argv,
                      &(const struct process_options){
                          .capture_output = true,
                          .env_changes = (const char *const[]){variable, NULL},
                          .timeout_ms = 120 * 1000,
                      },
                      result);
    assert_true(err == 0 || err == ETIMEDOUT);
    return err == 0;
}

static inline void run_explored(struct process_result *result, const char *words,
                                const char *const *arguments)
{
    if (!run_in_time(result, words, arguments))
        fail_msg("%s was not done in time", arguments[0]);
}

/* `options` are words besides json. False: it was not done in time, and has said nothing. */
static inline bool explore_in_time(struct explored *explored, const char *options,
                                   const char *const *arguments)
{
    char words[512];

    snprintf(words, sizeof words, "json %s", options);
    *explored = (struct explored){0};
    if (!run_in_time(&explored->result, words, arguments))
        return false;
    if (strstr(explored->result.out, "\"complete\": ") == NULL)
        fail_msg("with %s it ends with %d and says: %s%s", words, explored->result.returncode,
                 explored->result.out, explored->result.err);
    explored->complete = explored_has_all(explored->result.out);
    explored->runs = explored_number(explored->result.out, "\"runs\": ");
    explored->redundant = explored_number(explored->result.out, "\"redundant\": ");
    explored_outcomes(explored);
    return true;
}

static inline void explore(struct explored *explored, const char *options,
                           const char *const *arguments)
{
    if (!explore_in_time(explored, options, arguments))
        fail_msg("%s was not done in time", arguments[0]);
}

/* But for how long it took. */
static inline void explored_cut_seconds(struct explored *explored)
{
    char *seconds = strstr(explored->result.out, "\"seconds\"");

    assert_non_null(seconds);
    const char *behind = seconds + strcspn(seconds, "\n");

    memmove(seconds, behind, strlen(behind) + 1);
}

static inline void explored_free(struct explored *explored)
{
    process_result_destroy(&explored->result);
    model_free(&explored->outcomes);
}

static inline bool explored_has(const struct explored *explored, const char *text)
{
    for (size_t i = 0; i < explored->outcomes.count; i++)
        if (strcmp(explored->outcomes.list[i], text) == 0)
            return true;
    return false;
}

#endif
