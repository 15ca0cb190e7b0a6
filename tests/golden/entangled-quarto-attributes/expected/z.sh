#!/bin/sh
#| not: first
